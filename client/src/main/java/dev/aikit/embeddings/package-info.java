/** Texts as vectors. */
@NullMarked
package dev.aikit.embeddings;

import org.jspecify.annotations.NullMarked;
