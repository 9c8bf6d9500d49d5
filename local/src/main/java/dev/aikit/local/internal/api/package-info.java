/** The functions of OpenAI's API that the server has. */
@NullMarked
package dev.aikit.local.internal.api;

import org.jspecify.annotations.NullMarked;
