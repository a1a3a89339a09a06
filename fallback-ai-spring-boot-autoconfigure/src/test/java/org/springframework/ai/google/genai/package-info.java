// SPDX-License-Identifier: Apache-2.0
/**
 * Models that tests stand in for by their names.
 */
@NullMarked
package org.springframework.ai.google.genai;

import org.jspecify.annotations.NullMarked;
