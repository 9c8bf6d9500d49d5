/** The aikit command: chat, models, embed, serve, demo. */
@NullMarked
package dev.aikit.cli;

import org.jspecify.annotations.NullMarked;
