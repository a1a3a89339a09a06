/**
 * Shows the active endpoint to operators through Spring Boot Actuator.
 */
@NullMarked
package io.github.fallbackai.actuate;

import org.jspecify.annotations.NullMarked;
