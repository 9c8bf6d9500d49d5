/** Bodies of several parts, sent without being held in memory. */
@NullMarked
package dev.aikit.internal.multipart;

import org.jspecify.annotations.NullMarked;
