// SPDX-License-Identifier: Apache-2.0
/**
 * Makes endpoints from the layers that configure them. Internal: public for the packages
 * beside it only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
