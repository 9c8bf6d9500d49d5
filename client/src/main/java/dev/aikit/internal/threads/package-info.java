/** Where callbacks run, in what order, and what keeps the program alive for them. */
@NullMarked
package dev.aikit.internal.threads;

import org.jspecify.annotations.NullMarked;
