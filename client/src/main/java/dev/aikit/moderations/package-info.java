/** Whether something is harmful. */
@NullMarked
package dev.aikit.moderations;

import org.jspecify.annotations.NullMarked;
