// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: answers as values of a Java type. The type becomes a JSON schema, and the
 * answer is read and checked against it.
 */
@NullMarked
package io.github.fallbackai.structured;

import org.jspecify.annotations.NullMarked;
