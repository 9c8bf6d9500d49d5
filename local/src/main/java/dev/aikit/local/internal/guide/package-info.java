/** The model aikit-guide: passages of the kit's documentation, found through embeddings. */
@NullMarked
package dev.aikit.local.internal.guide;

import org.jspecify.annotations.NullMarked;
