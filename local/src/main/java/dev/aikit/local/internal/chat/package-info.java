/** What a chat model is given and what it gives. */
@NullMarked
package dev.aikit.local.internal.chat;

import org.jspecify.annotations.NullMarked;
