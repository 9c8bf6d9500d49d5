/** The store in one SQLite file. */
@NullMarked
package dev.aikit.durable.internal.sqlite;

import org.jspecify.annotations.NullMarked;
