/** Pieces of a stream that are the piece before them with a few other texts: known by comparing bytes, not by reading JSON. */
@NullMarked
package dev.aikit.internal.pieces;

import org.jspecify.annotations.NullMarked;
