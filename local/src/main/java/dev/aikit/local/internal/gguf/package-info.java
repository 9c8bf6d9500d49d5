/** GGUF files as chat models, through llama.cpp. */
@NullMarked
package dev.aikit.local.internal.gguf;

import org.jspecify.annotations.NullMarked;
