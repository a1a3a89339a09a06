// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

/** Names a class that is not there. */
final class UnlinkedException extends RuntimeException {

	public Object body() {
		throw new NoClassDefFoundError("body");
	}

	public int statusCode() {
		return 429;
	}

}
