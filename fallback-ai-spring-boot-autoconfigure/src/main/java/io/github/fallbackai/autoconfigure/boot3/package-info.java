// SPDX-License-Identifier: Apache-2.0
/**
 * What needs types that only Spring Boot 3.5 has, and nothing else. Internal.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.boot3;

import org.jspecify.annotations.NullMarked;
