// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: streams for code that passes them on in a protocol of its own. Public only
 * for the template and the faces, and may change at any time.
 */
@NullMarked
package io.github.fallbackai.relay;

import org.jspecify.annotations.NullMarked;
