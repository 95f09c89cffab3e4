/** The account that the server of the journeys shows. */
export const bank = {
  BANK_BIN: '970436',
  BANK_ACCOUNT: '9704001234',
  BANK_NAME: 'CONG TY TNHH MAU',
} as const;
