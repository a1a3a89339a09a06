// SPDX-License-Identifier: Apache-2.0
/**
 * What needs types that only Spring Boot 4 has, and nothing else. Internal.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.boot4;

import org.jspecify.annotations.NullMarked;
