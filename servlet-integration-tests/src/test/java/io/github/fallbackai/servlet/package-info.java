// SPDX-License-Identifier: Apache-2.0
/**
 * The starter in a Spring MVC application.
 */
@NullMarked
package io.github.fallbackai.servlet;

import org.jspecify.annotations.NullMarked;
