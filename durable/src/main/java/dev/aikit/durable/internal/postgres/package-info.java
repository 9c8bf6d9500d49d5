/** The store in PostgreSQL. Knows no driver: only java.sql. */
@NullMarked
package dev.aikit.durable.internal.postgres;

import org.jspecify.annotations.NullMarked;
