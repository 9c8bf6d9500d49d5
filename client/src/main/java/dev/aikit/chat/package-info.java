/** Chat: messages, completions, streams. */
@NullMarked
package dev.aikit.chat;

import org.jspecify.annotations.NullMarked;
