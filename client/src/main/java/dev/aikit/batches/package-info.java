/** Batches: files of requests that a provider works off within a day, at a lower price. */
@NullMarked
package dev.aikit.batches;

import org.jspecify.annotations.NullMarked;
