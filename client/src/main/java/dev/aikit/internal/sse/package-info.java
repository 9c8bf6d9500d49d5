/** Server-sent events, byte by byte. */
@NullMarked
package dev.aikit.internal.sse;

import org.jspecify.annotations.NullMarked;
