/** How a durable worker works: its states, its one writer, what is sent and delivered, and the SQLite store. */
@NullMarked
package dev.aikit.durable.internal;

import org.jspecify.annotations.NullMarked;
