// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: the words of providers and compatible servers, in one place for all dialects.
 * A word that is not in a table means neither success nor a mistake of the caller.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.catalogue;

import org.jspecify.annotations.NullMarked;
