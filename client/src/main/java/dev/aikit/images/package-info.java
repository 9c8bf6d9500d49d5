/** Pictures that a model makes. */
@NullMarked
package dev.aikit.images;

import org.jspecify.annotations.NullMarked;
