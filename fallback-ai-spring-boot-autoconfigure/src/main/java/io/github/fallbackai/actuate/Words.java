// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.Locale;

/**
 * How constants are written in JSON and in requests.
 */
final class Words {

	private Words() {
	}

	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
