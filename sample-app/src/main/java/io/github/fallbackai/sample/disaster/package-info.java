// SPDX-License-Identifier: Apache-2.0
/**
 * The disaster: a provider fails in several ways, one after the other, while two chats
 * use it, one of them without the library.
 */
@NullMarked
package io.github.fallbackai.sample.disaster;

import org.jspecify.annotations.NullMarked;
