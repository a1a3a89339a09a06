// SPDX-License-Identifier: Apache-2.0
package com.google.auth.oauth2;

import java.io.IOException;

/**
 * Stands in for the exception of that name, which is recognised by it.
 */
public class GoogleAuthException extends IOException {

	public GoogleAuthException(Throwable cause) {
		super("no token", cause);
	}

}
