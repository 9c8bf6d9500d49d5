/** What JSON values are made of when they are not read from bytes; for the library itself. */
@NullMarked
package dev.aikit.json.internal;

import org.jspecify.annotations.NullMarked;
