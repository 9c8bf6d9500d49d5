/** What the stores in SQL databases have in common. */
@NullMarked
package dev.aikit.durable.internal.sql;

import org.jspecify.annotations.NullMarked;
