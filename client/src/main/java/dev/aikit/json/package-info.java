/** JSON values as they arrived: nothing required, nothing lost. */
@NullMarked
package dev.aikit.json;

import org.jspecify.annotations.NullMarked;
