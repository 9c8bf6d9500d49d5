/** What the parts of the server share. */
@NullMarked
package dev.aikit.local.internal;

import org.jspecify.annotations.NullMarked;
