// SPDX-License-Identifier: Apache-2.0
/**
 * What the pages of the documentation tell their readers to write, on both generations of
 * Spring Boot.
 */
@NullMarked
package io.github.fallbackai.readme;

import org.jspecify.annotations.NullMarked;
