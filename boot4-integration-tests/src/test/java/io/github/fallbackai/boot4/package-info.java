// SPDX-License-Identifier: Apache-2.0
/**
 * The jars, as they were built against Spring Boot 3.5, in applications of Spring Boot 4.
 */
@NullMarked
package io.github.fallbackai.boot4;

import org.jspecify.annotations.NullMarked;
