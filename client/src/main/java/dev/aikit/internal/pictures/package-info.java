/** Pictures as bytes, as addresses, as files. */
@NullMarked
package dev.aikit.internal.pictures;

import org.jspecify.annotations.NullMarked;
