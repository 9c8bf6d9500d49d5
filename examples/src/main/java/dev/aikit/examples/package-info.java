/** Programs that show how the kit is used: each is short, and each runs as it is, without a key. */
@NullMarked
package dev.aikit.examples;

import org.jspecify.annotations.NullMarked;
