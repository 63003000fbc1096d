// Accounts as the server describes them: labels beside the totals of every region.
import type { Region, Row, Sector } from './types';

export type Economy = { title: string; year: number; money: string; regions: Region[]; sectors: Sector[]; categories?: { code: string; name: string; role: string }[]; totals: Row[]; notes: string[]; sources: { file: string; citation: string; licence: string }[] };
