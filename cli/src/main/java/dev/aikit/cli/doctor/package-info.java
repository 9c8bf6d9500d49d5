/** Finds out what a server supports, by asking it. */
@NullMarked
package dev.aikit.cli.doctor;

import org.jspecify.annotations.NullMarked;
