/** One call from its start to its callbacks: attempts, deadlines, retries, reading, delivery. */
@NullMarked
package dev.aikit.internal.call;

import org.jspecify.annotations.NullMarked;
