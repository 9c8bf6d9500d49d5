/** Files that the server keeps, sent and fetched without being held in memory. */
@NullMarked
package dev.aikit.files;

import org.jspecify.annotations.NullMarked;
