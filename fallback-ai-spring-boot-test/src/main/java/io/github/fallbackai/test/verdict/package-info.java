// SPDX-License-Identifier: Apache-2.0
/**
 * What an application's own service makes of every fault that a provider may have.
 */
@NullMarked
package io.github.fallbackai.test.verdict;

import org.jspecify.annotations.NullMarked;
