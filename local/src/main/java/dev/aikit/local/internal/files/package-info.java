/** Uploaded files, kept on disk. */
@NullMarked
package dev.aikit.local.internal.files;

import org.jspecify.annotations.NullMarked;
