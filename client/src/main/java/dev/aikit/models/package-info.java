/** The models that a server offers. */
@NullMarked
package dev.aikit.models;

import org.jspecify.annotations.NullMarked;
