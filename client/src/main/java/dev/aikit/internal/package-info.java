/** What the public packages share. */
@NullMarked
package dev.aikit.internal;

import org.jspecify.annotations.NullMarked;
