/** What JSON values and headers are made of; for the library itself. */
@NullMarked
package dev.aikit.json.internal;

import org.jspecify.annotations.NullMarked;
