// SPDX-License-Identifier: Apache-2.0
/**
 * Exceptions that tests stand in for by their names.
 */
@NullMarked
package com.google.auth.oauth2;

import org.jspecify.annotations.NullMarked;
