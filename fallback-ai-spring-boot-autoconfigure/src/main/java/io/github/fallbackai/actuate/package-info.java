// SPDX-License-Identifier: Apache-2.0
/**
 * Shows the active endpoint to operators through Spring Boot Actuator. Internal: public
 * only for the auto-configuration.
 */
@NullMarked
package io.github.fallbackai.actuate;

import org.jspecify.annotations.NullMarked;
