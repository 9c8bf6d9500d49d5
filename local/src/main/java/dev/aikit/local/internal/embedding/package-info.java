/** Texts as vectors: all-MiniLM-L6-v2 and its tokenizer. */
@NullMarked
package dev.aikit.local.internal.embedding;

import org.jspecify.annotations.NullMarked;
